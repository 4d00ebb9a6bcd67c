// What the screens of the voting page share: who votes, what waits, and the place where a screen stands.
import { hex } from "../client/index.js";
import { kept } from "../parts/keeping.js";
import { SIGNED_OUT, askJson, busy, button, el, facts, icon, notice, p, show, told } from "../parts/page.js";

export const place = document.getElementById("noi-dung");
export const problem = el("div", { role: "alert" });
export const CONFLICT = 409;
export const SLIP = `slip:${location.pathname}`; // the code on paper: in this tab, until its ballot is in the box
export const isPoll = facts.mode === "poll";
const steps = document.querySelector(".vote-steps");

export const booth = {
  manifest: null,
  signer: null,
  line: null, // who the server says this credential is
  choices: null,
  sent: null, // {bytes, hash, tracker, opening} of the ballot that waits
  turn: 0, // rises with every screen, so that a screen that waits knows when it is gone
};

// --- From screen to screen: each is known by its name, so that none has to import those that lead to it ---

const ways = new Map();
export const way = (name, run) => ways.set(name, run);
export const go = (name, ...told) => ways.get(name)(...told);

function at(step) {
  steps.hidden = step === null;
  [...steps.children].forEach((item, n) => {
    item.className = n < step ? "done" : n === step ? "now" : "";
    if (n === step) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
}

export function screen(step, ...children) {
  booth.turn += 1;
  at(step);
  problem.replaceChildren();
  show(place, ...children, problem);
  window.scrollTo(0, 0);
}

export const medal = (name) => el("div", { class: "vote-medal", "aria-hidden": "true" }, icon(name));

export const reload = (kind = "btn-outline") => button("Tải lại trang", () => location.reload(), kind);

/** What a poll must say wherever something is chosen or sent. */
export const notSecret = () =>
  isPoll
    ? notice("warn", p(el("strong", {}, "Không phải phiếu kín."), " Quản trị máy chủ về kỹ thuật có thể biết ai chọn gì. Không dùng để bầu hoặc xét danh hiệu."))
    : null;

// --- What is kept and asked ---

export const draftName = () => `draft:${hex(booth.manifest.eh)}:${hex(booth.signer.key)}`;
export const sentName = () => `sent:${hex(booth.manifest.eh)}:${hex(booth.signer.key)}`;

export const waiting = () => {
  const why = navigator.onLine === false ? "Đang mất mạng. Có mạng lại thì máy tự gửi tiếp." : "Mạng chậm, đang gửi lại.";
  problem.replaceChildren(notice("warn", p(`${why} Giữ trang này mở; gửi lại bao nhiêu lần cũng chỉ tính một phiếu.`)));
};

export const askMe = () => askJson(facts.me, { json: { credential: hex(booth.signer.key) }, onWait: waiting });
export const isOpen = () => booth.line.state === "open" && booth.line.now_ms < booth.line.closes_ms;

/** Whoever is signed out goes on where they were; a ballot refused because the box was closed is told as such. */
export async function guarded(run) {
  try {
    await run();
  } catch (fault) {
    if (fault.status === SIGNED_OUT) return go("sign-in");
    if (fault.status !== CONFLICT || !booth.line) throw fault;
    booth.line = await askMe();
    if (!isOpen()) return go("not-open", booth.sent !== null);
    problem.replaceChildren(told(fault), reload());
  }
}

/** The choice itself is forgotten as soon as the ballot is decided. */
export const settle = () => Promise.all([kept.put(sentName(), { decided: true, hash: booth.sent.hash }), kept.remove(draftName())]);

export const work = (run, word) => (event) => busy(event.currentTarget, problem, () => guarded(run), word);
