// Signing in: see what one types, and keep the user name on one's own machine when asked to.
const NAME = "sign-in-name";

export const passwords = (root) => {
  root.querySelectorAll(".password button").forEach((button) => {
    if (button.dataset.wired) return;
    button.dataset.wired = "yes";
    const field = button.parentElement.querySelector("input");
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    });
  });
  root.querySelectorAll("form[data-remember-name]").forEach((form) => {
    if (form.dataset.wired) return;
    form.dataset.wired = "yes";
    const box = form.querySelector("[data-remember]");
    const name = form.elements.login;
    const kept = localStorage.getItem(NAME);
    box.checked = kept !== null;
    if (kept && !name.value) {
      name.value = kept;
      form.elements.password.focus();
    }
    form.addEventListener("submit", () => {
      if (box.checked) localStorage.setItem(NAME, name.value);
      else localStorage.removeItem(NAME);
    });
  });
};
