// What could not be sent waits in the browser, for the person who typed it and nobody else.

/** The place where one person's unsent work on a page is kept. */
export const placeOf = (kind, name) => `${kind}:${document.body.dataset.who ?? ""}:${name}`;

export const keep = (place, work) => localStorage.setItem(place, JSON.stringify(work));
export const forget = (place) => localStorage.removeItem(place);

/** What waits there; what cannot be read counts as nothing. */
export const kept = (place) => {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null");
  } catch {
    return null;
  }
};

/** Post a form's work. `signedOut`: somebody signed in again is asked for, so nothing was kept. */
export const post = async (address, body, { leaving = false } = {}) => {
  const headers = { "HX-Request": "true", "X-Typed-By": document.body.dataset.who ?? "" };
  const answer = await fetch(address, { method: "POST", body, keepalive: leaving, headers });
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  const told = isJson ? await answer.json() : {};
  return { ok: answer.ok && isJson, signedOut: answer.ok && !isJson, told };
};

/** Say that the session has ended, with the way back: the page asks to sign in and takes the work up again. */
export const askToSignIn = (boxes, what) =>
  boxes.forEach((box) => {
    box.textContent = `Phiên đăng nhập đã hết. ${what} giữ trên máy này. `;
    box.classList.add("wrong");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = "Đăng nhập lại rồi làm tiếp";
    button.addEventListener("click", () => location.reload());
    box.append(button);
  });
