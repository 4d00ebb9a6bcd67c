// Long forms save themselves; what could not be sent waits in the browser until it can.
import { askToSignIn, forget, keep as store, kept as waiting, placeOf, post } from "./keeping.js";

const PAUSE = 1200; // milliseconds after the last key
const RETRY = 8000; // and after a failed sending

const texts = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

const body = (form) => {
  const sent = new FormData(form);
  for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name);
  return sent;
};

const restore = (form, kept) => {
  for (const [name, value] of kept) {
    const total = name.endsWith("-TOTAL_FORMS") && form.elements[name];
    const add = total && form.querySelector("[data-add-row]");
    while (add && Number(total.value) < Number(value)) add.click();
  }
  for (const [name, value] of kept) {
    if (name === "revision" || name.endsWith("_FORMS")) continue;
    const field = form.elements[name];
    if (!field) continue;
    if (field instanceof RadioNodeList) field.value = value;
    else if (field.type === "checkbox") field.checked = true;
    else if (field.type !== "file") field.value = value;
  }
  form.dispatchEvent(new Event("restored"));
};

const same = (form, fields) => JSON.stringify(texts(form)) === JSON.stringify(fields);

const offer = (places, take) =>
  places.forEach((place) => {
    place.textContent = "Nội dung đã đổi sau bản nháp chưa gửi trên máy này. ";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = "Lấy lại bản nháp của tôi";
    button.addEventListener("click", take);
    place.append(button);
  });

const wire = (form) => {
  const url = form.dataset.autosave;
  const kept = placeOf("draft", `${location.pathname}:${url}`);
  const places = document.querySelectorAll("[data-saved]");
  places.forEach((place) => place.setAttribute("role", "status"));
  const say = (text, wrong = false) =>
    places.forEach((place) => {
      place.textContent = text;
      place.classList.toggle("wrong", wrong);
    });
  let timer;
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  const revision = () => form.elements.revision?.value ?? "";
  const keep = (sent = false) => store(kept, { revision: revision(), fields: texts(form), sent });
  const save = async () => {
    let answer;
    try {
      answer = await post(url, body(form));
    } catch {
      keep();
      say("Mất mạng: bản nháp giữ trên máy này, tự gửi lại khi có mạng.", true);
      later(RETRY);
      return;
    }
    const { told } = answer;
    if (!answer.ok) {
      keep();
      if (answer.signedOut) askToSignIn(places, "Bản nháp");
      else say(told.error || "Chưa lưu được. Bản nháp giữ trên máy này; anh/chị tải lại trang.", true);
      return;
    }
    if (told.revision && form.elements.revision) form.elements.revision.value = told.revision;
    form.querySelectorAll("[data-computed]").forEach((place) => {
      place.textContent = told.computed?.[place.dataset.computed] ?? "";
    });
    forget(kept);
    say(told.said || `Đã lưu lúc ${told.saved || new Date().toTimeString().slice(0, 5)}`);
  };
  const take = (draft) => {
    restore(form, draft.fields);
    later(PAUSE);
    say("Đã lấy lại bản nháp chưa gửi trên máy này.");
  };
  const draft = waiting(kept);
  // What a button sent stays kept until a page shows that it arrived: the session may have ended meanwhile.
  const answered = "posted" in document.body.dataset || !draft?.revision || draft.revision !== revision();
  const arrived = draft?.sent && (answered || same(form, draft.fields));
  if (arrived) forget(kept);
  else if (draft && draft.revision === revision()) take(draft);
  else if (draft) offer(places, () => take(draft)); // somebody wrote in the meantime: one's own words come back only when asked for
  if ("posted" in document.body.dataset) later(PAUSE); // what the button sent was refused: it is kept like typing
  form.addEventListener("input", () => {
    keep();
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep(true);
  });
};

export const autosave = (root) =>
  root.querySelectorAll("form[data-autosave]").forEach((form) => {
    if (form.dataset.wiredSave) return;
    form.dataset.wiredSave = "yes";
    wire(form);
  });
