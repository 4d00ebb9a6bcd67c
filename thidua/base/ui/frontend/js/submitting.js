// A question before what cannot be taken back, and no second sending of the same form.
const ask = (question, verb, isDanger) =>
  new Promise((answer) => {
    const dialog = document.createElement("dialog");
    dialog.className = "confirm";
    const text = document.createElement("p");
    text.textContent = question;
    const row = document.createElement("div");
    row.className = "actions";
    const choices = [
      ["Quay lại", "btn btn-outline", ""],
      [verb, isDanger ? "btn btn-danger" : "btn btn-primary", "yes"],
    ];
    for (const [word, style, value] of choices) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = style;
      button.textContent = word;
      button.addEventListener("click", () => dialog.close(value));
      row.append(button);
    }
    dialog.append(text, row);
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });

export const confirmations = () => {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-confirm]");
    if (!button || button.dataset.confirmed) return;
    event.preventDefault();
    if (!(await ask(button.dataset.confirm, button.textContent.trim() || "Đồng ý", button.matches(".btn-danger")))) return;
    button.dataset.confirmed = "yes";
    button.form ? button.form.requestSubmit(button) : button.click();
    delete button.dataset.confirmed;
  });
};

export const oneSubmit = () => {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sending) {
      event.preventDefault();
      return;
    }
    event.target.dataset.sending = "yes";
    setTimeout(() => delete event.target.dataset.sending, 8000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach((form) => delete form.dataset.sending));
};
