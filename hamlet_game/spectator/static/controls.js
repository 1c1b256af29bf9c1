// Orders, for whoever has the token. Everyone else only looks on.
import { $ } from "./panels.js";

export class Controls {
  constructor(link) {
    this.link = link;
    this.open = false;
    this.problem = "";
    if (!$("controls")) return;
    $("unlock").addEventListener("submit", (event) => {
      event.preventDefault();
      link.unlock($("token").value.trim());
    });
    for (const button of document.querySelectorAll("#orders button")) {
      button.addEventListener("click", () => link.say({ type: "order", word: button.dataset.word }));
    }
    $("speed").addEventListener("change", (event) => link.say({ type: "order", word: "speed", value: Number(event.target.value) }));
  }

  hello(message) {
    if (!$("speed")) return;
    $("speed").replaceChildren(...message.speeds.map((speed) => new Option(`${speed}×`.replace("0.25", "¼").replace("0.5", "½"), speed)));
    this.admit(this.open && Boolean(this.link.token));
  }

  token(ok) {
    if (!ok) this.link.token = "";
    this.admit(ok);
    if (!$("token")) return;
    $("token").classList.toggle("wrong", !ok);
    $("locked").textContent = ok ? "" : "That is not the token.";
  }

  admit(open) {
    this.open = open;
    if (!$("controls")) return;
    $("orders").hidden = !open;
    $("unlock").hidden = open;
  }

  run(message) {
    if (!$("controls")) return;
    for (const button of document.querySelectorAll("#orders button")) {
      button.disabled = !message.can.includes(button.dataset.word);
      button.hidden = ["start", "resume"].includes(button.dataset.word) && button.disabled;
      if (button.dataset.word === "pause") button.hidden = message.can.includes("resume");
    }
    const speed = $("speed");
    if (document.activeElement !== speed || Number(speed.value) !== message.showSpeed) speed.value = String(message.showSpeed);
  }
}
