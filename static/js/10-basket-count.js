// Shows how many pieces lie in the basket: pages are the same for everyone, the count is a readable cookie.
class BasketCount extends HTMLElement {
  connectedCallback() {
    const kept = document.cookie.split("; ").find((one) => one.startsWith("basket_count="));
    const count = Number(kept?.split("=")[1] ?? 0);
    if (!(count > 0)) return;
    const shown = document.createElement("output");
    shown.textContent = String(count);
    this.append(shown);
  }
}
customElements.define("basket-count", BasketCount);
