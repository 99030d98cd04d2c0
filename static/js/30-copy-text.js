// A button that copies its text, where the browser can.
class CopyText extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    const words = document.documentElement.lang === "vi" ? ["Chép", "Đã chép"] : ["Copy", "Copied"];
    const text = this.dataset.copy ?? this.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = words[0];
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = words[1];
    });
    this.append(button);
  }
}
customElements.define("copy-text", CopyText);
