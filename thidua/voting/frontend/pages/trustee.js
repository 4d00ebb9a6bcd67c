// Giữ khóa: one screen from the first key to its destruction; every step is done when the server says so.
import {
  Trustees,
  backup,
  begin,
  checkOwnPart,
  commitFingerprint,
  commitmentTo,
  hex,
  keyShare,
  manifestMark,
  newPassphrase,
  readManifest,
  restore,
  sealShares,
  store,
  trusteeShare,
  unhex,
} from "../client/index.js";
import { SIGNED_OUT, ask, askBytes, askJson, busy, button, code, csrf, el, facts, notice, p, painted, qr, show, told } from "../parts/page.js";

const place = document.getElementById("viec");
const STEP_WORDS = ["Chưa tạo khóa", "Đã gửi cam kết", "Đã tiết lộ phần công khai", "Đã chia phần khóa", "Đã kiểm tra, giữ phần khóa"];
const NAME = `trustee:${facts.meeting}`;
const EVERY = 2000;
let state = null;
let kept = null; // {secret, round1, commit, saved}
let screen = "";
let sealed = null; // the manifest as this device read it

const problem = el("div", { role: "alert" });
const work = (run, word) => (event) => busy(event.currentTarget, problem, run, word);
const all = (parts) => parts.every(Boolean);
const post = (url, json = {}) => askJson(url, { json });

async function remember(change) {
  kept = { ...kept, ...change };
  await store.put(NAME, kept);
}

// --- The steps ---

async function makeKey() {
  const { secret, round1, commit } = begin(facts.meeting, state.me, state.names.length, state.needed);
  await remember({ secret, round1, commit, saved: false });
  await post(facts.commit, { commit: hex(commit) });
  await refresh();
}

async function reveal() {
  await remember({ secret: { ...kept.secret, commits: state.commits.map(unhex) } }); // those just read aloud
  await post(facts.reveal, { round1: hex(kept.round1) });
  await refresh();
}

async function pass() {
  const sealed = sealShares(kept.secret, kept.secret.commits, state.round1.map(unhex));
  await post(facts.share, { sealed: sealed.map(hex) });
}

async function confirm() {
  const { names, needed, commits, round1, sealed } = state;
  keyShare(kept.secret, new Trustees(facts.meeting, { names, needed, commits, round1, sealed }));
  await post(facts.confirm);
}

/** The long part: the whole board is checked here, which is told as it goes. */
async function give(typed, secret) {
  const sentence = el("span", {}, "Đang tải bảng kê…");
  problem.replaceChildren(el("div", { role: "status" }, el("progress", { "aria-label": "Đang kiểm bảng kê" }), p(sentence)));
  const [manifest, board] = await Promise.all([askBytes(facts.manifest), askBytes(facts.board)]);
  sentence.textContent = "Đang kiểm cả bảng kê và tự cộng trên máy này. Giữ trang mở…";
  try {
    await ask(facts.give, { body: await trusteeShare({ manifest, board }, secret, typed, { pause: painted }) });
  } catch (fault) {
    if (fault.code === "V09") fault.message += ". Gõ lại đúng 16 chữ trên màn chiếu. Nếu vẫn khác, dừng lại, không giải phiếu và báo ban kiểm phiếu: máy chủ đang cho hai nơi xem hai bảng khác nhau.";
    throw fault;
  }
  problem.replaceChildren();
  await refresh();
}

async function compare() {
  await post(facts.compare, { eh: hex(sealed.eh) });
  await refresh();
}

async function destroy() {
  await post(facts.destroy); // refused while a rehearsal or a further round still needs this key
  await store.remove(NAME);
  kept = null;
  await refresh();
}

// --- What is on the screen ---

const mine = () => state.done[state.me - 1];
const belongs = () => kept && state.commits[state.me] === hex(kept.commit);

function whichScreen() {
  if (state.destroyed[state.me - 1]) return "gone";
  if (state.state === "signed" || state.state === "void") return "destroy";
  if (state.shared[state.me - 1]) return "shared";
  if (state.state === "closed") return kept ? "give" : "restore";
  if (state.state === "counted") return "counted";
  if (mine() === 0) return "make";
  if (!belongs() && mine() < 4) return "lost";
  if (mine() === 4 && sealed && !state.compared[state.me - 1] && (kept?.saved || !belongs())) return "compare";
  if (!belongs()) return "elsewhere";
  if (mine() === 1) return all(state.commits) ? "read" : "wait-commit";
  if (mine() < 4) return "working";
  return kept.saved ? "ready" : "save";
}

const waitFor = (done, word) => {
  const missing = state.names.filter((_, at) => state.done[at] < done);
  return missing.length ? p(`Chờ ${missing.join(", ")} ${word}. Trang tự cập nhật.`) : null;
};

const fingerprint = () => el("p", { class: "mark-big" }, code(commitFingerprint(unhex(state.commits[state.me]))));

const SCREENS = {
  make: () => [
    el("h2", {}, "1. Tạo khóa trên máy này"),
    p("Dùng máy của chính anh/chị và trình duyệt thường (không ẩn danh). Khóa nằm lại trên máy này cho tới khi giải phiếu."),
    button("Tạo khóa", work(makeKey, "Đang tạo khóa…")),
  ],
  "wait-commit": () => [el("h2", {}, "Đã gửi cam kết"), p("Vân tay của anh/chị:"), fingerprint(), waitFor(1, "tạo khóa")],
  read: () => [
    el("h2", {}, "2. Đọc to vân tay"),
    p("Lần lượt mỗi người đọc to vân tay trên máy mình; những người khác so với bảng dưới đây và màn chiếu. Vân tay của anh/chị:"),
    fingerprint(),
    button("Mọi vân tay đều đúng, tiếp tục", work(reveal)),
    p(el("small", {}, "Có vân tay sai thì dừng lại và báo người điều hành tạo khóa lại từ đầu.")),
  ],
  working: () => [el("h2", {}, "3. Chia khóa"), p("Máy đang chia và kiểm tra các mảnh khóa. Giữ trang này mở."), waitFor(mine(), "xong bước này")],
  save: () => [
    el("h2", {}, "4. Cất bản giấy trong phong bì"),
    p("Phần khóa của anh/chị đã được kiểm tra. In một bản mã hóa phòng khi máy hỏng, bỏ phong bì, dán kín; mật khẩu chép tay, cất riêng."),
    el("div", { class: "actions" }, button("Tạo bản giấy", work(paper)), button("Không cần bản giấy", work(() => remember({ saved: true }).then(draw)), "btn-quiet")),
  ],
  ready: () => [
    el("h2", {}, "Đã giữ phần khóa"),
    notice("done", p("Máy chủ xác nhận anh/chị đã giữ phần khóa. Đến khi đóng hòm, mở lại trang này trên chính máy này để giải phiếu.")),
    waitFor(4, "xong phần khóa"),
    button("In lại bản giấy", work(paper), "btn-quiet"),
  ],
  compare: () => [
    el("h2", {}, "5. So bản niêm phong với màn chiếu"),
    p("Cấu hình đã niêm phong: phương án, danh sách, khóa, giờ đóng không đổi được nữa. Dấu mà máy này tự tính:"),
    el("p", { class: "mark-big" }, code(manifestMark(sealed.eh))),
    p("Màn chiếu phải hiện đúng dấu này. Việc đối chiếu được ghi vào biên bản với tên anh/chị và giờ."),
    button("Đã đối chiếu, đúng", work(compare, "Đang ghi…")),
    p(el("small", {}, "Khác một chữ cũng dừng lại: không bấm, báo ngay ban kiểm phiếu, không ai bỏ phiếu.")),
  ],
  give: () => giving((typed) => give(typed, kept.secret)),
  restore: () => restoring(),
  elsewhere: () => [
    el("h2", {}, "Khóa nằm trên máy khác"),
    notice("warn", p("Anh/chị đã tạo khóa bằng máy hoặc trình duyệt khác. Mở trang này trên máy đó; nếu máy hỏng, khi giải phiếu dùng bản giấy trong phong bì.")),
  ],
  lost: () => [
    el("h2", {}, "Máy này không có khóa đã tạo dở"),
    notice("warn", p("Việc tạo khóa đang dở trên máy khác. Tiếp tục trên máy đó, hoặc đề nghị người điều hành tạo khóa lại từ đầu.")),
  ],
  shared: () => [
    el("h2", {}, "Đã giải phiếu"),
    notice("done", p("Mảnh giải của anh/chị đã có trên bảng kê.")),
    state.state === "closed" ? p(`Đã có ${state.shared.filter(Boolean).length}/${state.needed} mảnh giải.`) : p("Đã có kết quả."),
  ],
  counted: () => [el("h2", {}, "Đã có kết quả"), p("Đủ người khác đã giải phiếu nên không cần mảnh giải của anh/chị.")],
  destroy: () => [
    el("h2", {}, "7. Hủy phần khóa sau thời hạn khiếu nại"),
    p("Hủy phần khóa trên máy này và xé bản giấy trong phong bì; việc hủy ghi vào biên bản. Hủy rồi không lấy lại được."),
    button("Đã xé bản giấy, hủy phần khóa trên máy này", work(destroy), "btn-danger"),
  ],
  gone: () => [el("h2", {}, "Đã hủy phần khóa"), p("Anh/chị không còn giữ phần khóa nào của cuộc bỏ phiếu này.")],
};

function giving(run) {
  const typed = el("input", { id: "dau", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", required: true, class: "mark-input" });
  return [
    el("h2", {}, "6. Giải phiếu"),
    p("Nhìn màn chiếu, gõ lại dấu lúc đóng hòm (16 chữ). Máy anh/chị tự kiểm cả bảng kê và tự cộng; dấu khác hoặc tổng khác thì máy không giải."),
    el("div", { class: "field" }, el("label", { for: "dau" }, "Dấu trên màn chiếu"), typed),
    button("Giải phiếu", work(() => run(typed.value), "Đang giải phiếu…")),
    p(el("small", {}, "Kiểm cả bảng mất vài giây, trên điện thoại có thể gần một phút.")),
  ];
}

function restoring() {
  const text = el("textarea", { id: "ban-giay", rows: 4, autocomplete: "off", spellcheck: "false" });
  const word = el("input", { id: "mat-khau", autocomplete: "off", spellcheck: "false" });
  const screens = giving(async (typed) => {
    const secret = await restore(facts.meeting, text.value, word.value);
    if (secret.index !== state.me) throw new Error("Bản giấy này của người giữ khóa khác.");
    await give(typed, secret);
  });
  return [
    el("h2", {}, "Máy này không có phần khóa"),
    p("Mở trang này trên máy đã tạo khóa. Nếu máy đó hỏng, mở phong bì và gõ bản giấy."),
    el("div", { class: "field" }, el("label", { for: "ban-giay" }, "Chữ trên bản giấy"), text),
    el("div", { class: "field" }, el("label", { for: "mat-khau" }, "Mật khẩu chép tay"), word),
    ...screens.slice(1),
  ];
}

async function paper() {
  const word = newPassphrase();
  const text = await backup(kept.secret, word);
  await remember({ saved: true });
  show(
    place,
    el("h2", {}, "Bản giấy của phần khóa"),
    el(
      "article",
      { class: "slip backup" },
      el("header", {}, el("strong", {}, "BẢN GIẤY PHẦN KHÓA"), el("span", {}, `${state.names[state.me - 1]}, số ${state.me}`)),
      p(facts.title),
      el("div", { class: "slip-body" }, qr(text, "Bản sao lưu đã mã hóa"), p(el("code", { class: "long" }, text))),
      p("Bỏ phong bì, dán kín, ký ngoài mép. Chỉ mở khi máy giữ khóa hỏng: mở trang “Giữ khóa” trên máy khác, gõ các nhóm chữ này và mật khẩu chép tay (cất nơi khác). Hết thời hạn khiếu nại thì xé, ghi vào biên bản."),
    ),
    el("div", { class: "no-print" }, notice("warn", p("Mật khẩu, chép tay ra giấy khác và cất riêng; không in cùng: ", el("code", { class: "big" }, word)))),
    el(
      "div",
      { class: "actions no-print" },
      button("In bản giấy", () => window.print()),
      button("Đã in và chép mật khẩu", () => { screen = ""; document.getElementById("khoa").classList.remove("printing"); draw(); }, "btn-outline"),
    ),
  );
  screen = "paper";
  document.getElementById("khoa").classList.add("printing");
}

/** Nobody's typing, and no long work, is swept away by what others did meanwhile. */
const isInUse = () =>
  place.querySelector("[aria-busy]") !== null ||
  [...place.querySelectorAll("input, textarea")].some((one) => one.value || one === document.activeElement);

function draw() {
  const next = screen === "paper" ? "paper" : whichScreen();
  const signature = `${next} ${JSON.stringify([state.done, state.shared, state.is_sealed])}`;
  drawTable();
  drawSteps(next);
  if (next === "paper" || signature === screen) return;
  if (screen.startsWith(next) && isInUse()) return;
  screen = signature;
  problem.replaceChildren();
  show(place, ...SCREENS[next](), problem);
}

const ORDER = { make: 0, "wait-commit": 1, read: 1, working: 2, save: 3, paper: 3, compare: 4, give: 5, restore: 5 };

function drawSteps(next) {
  const at = ORDER[next] ?? (["ready", "elsewhere"].includes(next) ? (sealed ? 5 : 4) : 6);
  [...document.getElementById("cac-buoc").children].forEach((item, n) => {
    item.className = n < at ? "done" : n === at ? "now" : "next";
  });
}

function wordOf(at) {
  if (state.shared[at]) return "Đã giải phiếu";
  return state.compared[at] ? "Đã đối chiếu bản niêm phong" : STEP_WORDS[state.done[at]];
}

function drawTable() {
  for (const row of document.querySelectorAll("#nguoi tbody tr")) {
    const index = Number(row.dataset.index);
    const commit = state.commits[index];
    row.cells[1].replaceChildren(code(commit ? commitFingerprint(unhex(commit)) : "–"));
    row.cells[2].textContent = wordOf(index - 1);
  }
}

// --- The rounds ---

/** Once a page: what was sealed; and on the device that made the key, that it is this ceremony's key and no other. */
async function readSealed() {
  if (sealed) return;
  const found = readManifest(await askBytes(facts.manifest));
  if (belongs()) checkOwnPart(found, kept.secret);
  sealed = found;
}

async function advance() {
  if (state.is_sealed) {
    await readSealed();
    return;
  }
  if (!belongs()) return;
  if (mine() === 2 && all(state.round1)) await pass();
  else if (mine() === 3 && all(state.sealed)) await confirm();
  else return;
  state = await askJson(facts.state);
}

async function refresh() {
  state = await askJson(facts.state);
  await advance();
  draw();
}

async function rounds() {
  kept = (await store.get(NAME)) ?? null;
  if (kept && !(kept.commit instanceof Uint8Array)) kept.commit = commitmentTo(facts.meeting, kept.round1);
  for (;;) {
    try {
      await refresh();
    } catch (fault) {
      if (fault.code) {
        const todo = state.is_sealed
          ? "Báo ngay ban kiểm phiếu: không bỏ phiếu theo bản niêm phong này."
          : "Báo người điều hành tạo khóa lại từ đầu.";
        show(place, el("h2", {}, "Dừng lại"), told(fault), p(todo));
        return;
      }
      if (fault.status === SIGNED_OUT) {
        show(place, el("h2", {}, "Phiên đăng nhập đã hết"), p("Phần khóa vẫn nằm trên máy này. Đăng nhập lại là về đúng trang này."), el("p", {}, el("a", { class: "btn btn-primary", href: facts.login }, "Đăng nhập lại")));
        return;
      }
      problem.replaceChildren(told(fault));
    }
    await new Promise((resolve) => setTimeout(resolve, document.hidden ? 3 * EVERY : EVERY));
  }
}

if (csrf) rounds();
