// What the pages share: facts from the server, elements, messages that survive a lost network.
import { qrSvg } from "../client/index.js";

export const facts = JSON.parse(document.getElementById("facts").textContent);
export const csrf = document.querySelector("[data-csrf]")?.dataset.csrf ?? "";

/** An element with attributes and children; text is text, never markup. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== false));
  return made;
}

export const p = (...children) => el("p", {}, ...children);
export const code = (text) => el("code", {}, text);
export const button = (text, run, kind = "btn-primary", more = {}) =>
  el("button", { type: "button", class: `btn ${kind}`, onclick: run, ...more }, text);
export const notice = (kind, ...children) => el("div", { class: `notice notice-${kind}` }, el("div", {}, ...children));

/** An icon that the page's template holds ready. */
export const icon = (name) => document.getElementById(`icon-${name}`)?.content.cloneNode(true) ?? "";

/** A QR picture, black on white. */
export const qr = (text, alt) =>
  el("img", { class: "qr", alt, src: `data:image/svg+xml,${encodeURIComponent(qrSvg(text))}` });

/** Put these in place of what stands in `place`; whoever was working there, and a screen reader, goes on at its heading. */
export function show(place, ...children) {
  const goes = place.hasAttribute("tabindex") || place.contains(document.activeElement);
  place.replaceChildren(...children.flat().filter((child) => child !== null && child !== false));
  const heading = place.querySelector("h1, h2");
  if (!goes || !heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** The status of an answer to somebody who is no longer signed in. */
export const SIGNED_OUT = 401;

/** An answer that says no; `reasons` are the server's sentences. */
export class Refused extends Error {
  constructor(reasons, status) {
    super(reasons.join(" "));
    this.reasons = reasons;
    this.status = status;
  }
}

const WAITS = [500, 1000, 2000, 4000, 8000, 15_000, 30_000]; // a minute: a server that fell is up again by then
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const online = () => new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));

/**
 * Ask the server; the same message is sent again while the network is gone, which is safe: whatever was taken is answered
 * with what stands. A device that knows it is offline waits until it no longer is. `onWait` is told when it has to wait.
 */
export async function ask(url, { body, json, onWait } = {}) {
  const options = { headers: { "X-CSRFToken": csrf }, credentials: "same-origin", cache: "no-store" };
  if (body !== undefined || json !== undefined) {
    options.method = "POST";
    options.body = json === undefined ? body : JSON.stringify(json);
    options.headers["Content-Type"] = json === undefined ? "application/octet-stream" : "application/json";
  }
  for (let turn = 0; ; turn += 1) {
    try {
      const answer = await fetch(url, options);
      if (answer.status < 502) return await read(answer);
    } catch (fault) {
      if (fault instanceof Refused) throw fault;
    }
    if (turn >= WAITS.length) throw new Refused(["Không tới được máy chủ. Kiểm tra mạng rồi bấm lại; không mất gì cả."], 0);
    onWait?.();
    if (navigator.onLine === false) {
      await online();
      turn = -1;
    } else await pause(WAITS[turn]);
  }
}

async function read(answer) {
  const kind = answer.headers.get("Content-Type") ?? "";
  if (answer.redirected && !kind.includes("json")) {
    throw new Refused(["Phiên đăng nhập đã hết. Đăng nhập lại rồi mở lại trang này."], SIGNED_OUT);
  }
  if (!answer.ok) {
    const told = kind.includes("json") ? await answer.json() : {};
    throw new Refused(told.errors ?? [`Máy chủ từ chối (${answer.status}). Tải lại trang rồi thử lại.`], answer.status);
  }
  return answer;
}

export const askJson = async (url, options) => (await ask(url, options)).json();
export const askBytes = async (url, options) => new Uint8Array(await (await ask(url, options)).arrayBuffer());

/** What went wrong, in sentences. */
export const told = (fault) =>
  notice("error", ...(fault.reasons ?? [fault.message || "Có lỗi trên máy này. Tải lại trang."]).map((line) => p(line)));

/** Let the browser show what was just said before it computes; a page in the background is not painted at all. */
export const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });

/** Run once at a time; the button says that it works (with `word`), and the fault stands in `place`. */
export async function busy(control, place, run, word = "") {
  if (control.disabled) return;
  const words = [...control.childNodes];
  control.disabled = true;
  control.setAttribute("aria-busy", "true");
  if (word) control.replaceChildren(word);
  await painted();
  try {
    await run();
  } catch (fault) {
    place.replaceChildren(told(fault));
    place.scrollIntoView?.({ block: "nearest" });
  } finally {
    control.disabled = false;
    control.removeAttribute("aria-busy");
    if (word) control.replaceChildren(...words);
  }
}
