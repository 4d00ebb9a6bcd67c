// A box for one name among thousands: offers what the server finds while one types. Without this the whole
// name is typed, and the server asks back when several people bear it.
import accessibleAutocomplete from "accessible-autocomplete";

const PAUSE = 200; // milliseconds after the last letter

const WORDS = {
  tNoResults: () => "Không có tên nào như vậy",
  tStatusQueryTooShort: (fewest) => `Gõ ít nhất ${fewest} chữ`,
  tStatusNoResults: () => "Không có tên nào như vậy",
  tStatusSelectedOption: (name, length, index) => `${name}, ${index + 1} trong ${length}`,
  tStatusResults: (length, selected) => `Có ${length} tên. ${selected}`,
  tAssistiveHint: () => "Khi có gợi ý, bấm mũi tên lên xuống để xem, Enter để chọn.",
};

const asking = (address) => {
  let waiting;
  let latest = "";
  return (typed, offer) => {
    latest = typed;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`).catch(() => null);
      const names = answer?.ok ? (await answer.json()).names : [];
      if (typed === latest) offer(names); // an answer that comes late says nothing of what stands there now
    }, PAUSE);
  };
};

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("input[data-lookup]").forEach((plain) => {
    const element = document.createElement("div");
    const { id, name, value, required } = plain;
    const described = plain.getAttribute("aria-describedby");
    const wrong = plain.getAttribute("aria-invalid");
    plain.replaceWith(element);
    accessibleAutocomplete({
      ...WORDS, element, id, name, required, defaultValue: value, minLength: 2, confirmOnBlur: false,
      displayMenu: "overlay", source: asking(plain.dataset.lookup),
      onConfirm: () => setTimeout(() => input.dispatchEvent(new Event("input", { bubbles: true }))),
    });
    const input = element.querySelector("input");
    if (wrong) input.setAttribute("aria-invalid", wrong);
    if (described) input.setAttribute("aria-describedby", `${described} ${input.getAttribute("aria-describedby") ?? ""}`.trim());
  });
});
