// A tick that stands for several: input[data-ticks="name name …"]. It sets them, and is set when all of them are.
const below = (tick) => tick.dataset.ticks.split(" ").map((name) => tick.form.elements[name]).filter(Boolean);

const settle = (all) =>
  all.forEach((tick) => {
    const set = below(tick).filter((one) => one.checked).length;
    tick.checked = set > 0 && set === below(tick).length;
    tick.indeterminate = set > 0 && !tick.checked;
  });

export const ticks = (root) => {
  const all = [...root.querySelectorAll("input[data-ticks]")].filter((tick) => !tick.dataset.wired);
  if (!all.length) return;
  all.forEach((tick) => {
    tick.dataset.wired = "yes";
    tick.addEventListener("change", () => below(tick).forEach((one) => (one.checked = tick.checked)));
  });
  all[0].form.addEventListener("change", () => settle(all));
  all[0].form.addEventListener("restored", () => settle(all));
  settle(all);
};
