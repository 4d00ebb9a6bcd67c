// Long forms save themselves; what could not be sent waits in the browser until it can.
const PAUSE = 1200;

export const autosave = (root) => {
  root.querySelectorAll("form[data-autosave]").forEach((form) => {
    if (form.dataset.wired) return;
    form.dataset.wired = "yes";
    const told = document.querySelectorAll("[data-saved]");
    const kept = `draft:${location.pathname}:${form.dataset.autosave}`;
    const say = (text, wrong = false) =>
      told.forEach((place) => {
        place.textContent = text;
        place.classList.toggle("wrong", wrong);
        place.setAttribute("role", "status");
      });
    let timer;
    const save = async () => {
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
        const body = answer.status === 204 ? {} : await answer.json();
        if (!answer.ok) {
          say(body.error || "Chưa lưu được.", true);
          return;
        }
        if (body.revision && form.elements.revision) form.elements.revision.value = body.revision;
        localStorage.removeItem(kept);
        say(`Đã lưu lúc ${body.saved || new Date().toTimeString().slice(0, 5)}`);
      } catch {
        localStorage.setItem(kept, JSON.stringify([...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string")));
        say("Mất mạng: bản nháp giữ trên máy này, tự gửi lại khi có mạng.", true);
        clearTimeout(timer);
        timer = setTimeout(save, 8000);
      }
    };
    const draft = localStorage.getItem(kept);
    if (draft) {
      for (const [name, value] of JSON.parse(draft)) {
        const field = form.elements[name];
        if (field && "value" in field && name !== "revision") field.value = value;
      }
      say("Đã lấy lại bản nháp chưa gửi trên máy này.");
      timer = setTimeout(save, PAUSE);
    }
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  });
};
