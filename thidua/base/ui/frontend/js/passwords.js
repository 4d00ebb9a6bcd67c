// Let people see what they type.
export const passwords = (root) => {
  root.querySelectorAll(".password button").forEach((button) => {
    button.addEventListener("click", () => {
      const field = button.parentElement.querySelector("input");
      field.type = field.type === "password" ? "text" : "password";
      button.setAttribute("aria-pressed", String(field.type === "text"));
    });
  });
};
