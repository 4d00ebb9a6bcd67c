// 3. Receipt.
import { checkReceipt, headMark, unhex } from "../client/index.js";
import { button, code, el, facts, icon, notice, p } from "../parts/page.js";
import { SLIP, booth, isOpen, medal, notSecret, place, screen, way, work } from "./booth.js";
import { again } from "./choice.js";

const timeOf = (ms) => {
  const parts = { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", second: "2-digit" };
  const day = { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric" };
  return `${new Date(ms).toLocaleTimeString("vi-VN", parts)}, ngày ${new Date(ms).toLocaleDateString("vi-VN", day)}`;
};

export function receipt(given, ms) {
  checkReceipt(booth.manifest, given, given.tracker);
  sessionStorage.removeItem(SLIP); // whoever takes the device next finds nobody's code
  const save = URL.createObjectURL(new Blob([JSON.stringify(given)], { type: "application/json" }));
  screen(
    2,
    el("h1", {}, "Phiếu của anh/chị đã vào hòm"),
    el("div", { class: "vote-seal done" }, medal("check"), el("span", {}, "Mã phiếu"), el("strong", {}, code(given.tracker))),
    el(
      "dl",
      { class: "vote-facts" },
      el("dt", {}, "Nhận lúc"),
      el("dd", {}, timeOf(ms)),
      el("dt", {}, "Thứ tự trong bảng kê"),
      el("dd", {}, `Mục ${given.k}`),
      el("dt", {}, "Mã đầu bảng kê"),
      el("dd", { class: "vote-mark" }, code(headMark(unhex(given.head)))),
    ),
    notice("info", p("Vừa bỏ xong, mã đầu bảng kê trên ", el("strong", {}, "màn chiếu"), " phải giống mã này, cho tới khi có phiếu kế tiếp. Nếu khác, báo ngay ban kiểm phiếu.")),
    notSecret() ?? p("Biên nhận chứng minh phiếu có trong hòm, không cho biết anh/chị chọn ai."),
    el(
      "div",
      { class: "vote-bar two" },
      el("a", { class: "btn btn-primary", href: save, download: `bien-nhan-${given.k}.json` }, icon("download"), "Lưu biên nhận"),
      el("a", { class: "btn btn-outline", href: `${facts.board}#dong-${given.k}` }, icon("search"), "Tìm trong bảng kê"),
    ),
    isOpen() && facts.revote ? p("Bỏ lại được đến khi đóng hòm, phiếu sau cùng được tính. ", button("Bỏ lại", work(again), "btn-quiet")) : null,
  );
  place.dataset.mark = headMark(unhex(given.head));
}

way("receipt", receipt);
