// A type-ahead over all wards in place of the plain list: combobox pattern, keyboard and touch.
class WardPicker extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    const field = this.select.closest(".field");
    this.input = document.createElement("input");
    this.select.id = "ward_plain";
    Object.assign(this.input, { type: "text", id: "ward", name: "ward_typed", autocomplete: "off" });
    const set = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "ward-list" };
    for (const [name, value] of Object.entries(set)) this.input.setAttribute(name, value);
    for (const name of ["aria-invalid", "aria-describedby"])
      if (this.select.hasAttribute(name)) this.input.setAttribute(name, this.select.getAttribute(name));
    const chosen = this.select.selectedOptions[0];
    this.input.value = this.dataset.typed || (chosen?.value ? chosen.textContent : "");
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: "ward-list", className: "ward-list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label);
    field.querySelector("label").htmlFor = "ward";
    const hint = field.querySelector(".field__hint");
    if (hint) hint.textContent = this.dataset.hint;
    this.select.hidden = true;
    this.none = document.createElement("p");
    this.none.className = "field__hint";
    this.none.setAttribute("role", "status");
    this.select.after(this.input, this.list, this.none);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.show([]), 150));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 120);
  }

  async ask() {
    const query = new URLSearchParams({ q: this.input.value, province: this.dataset.province ?? "" });
    const typed = this.input.value;
    const answer = await fetch(`${this.dataset.url}?${query}`);
    if (answer.ok && typed === this.input.value) this.show(await answer.json(), typed.trim() !== "");
  }

  show(found, none = false) {
    this.found = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((one, place) => this.option(one, place)));
    this.list.hidden = found.length === 0;
    this.none.textContent = none && !found.length ? this.dataset.none : "";
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  option(one, place) {
    const item = document.createElement("li");
    item.id = `ward-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.textContent = `${one.name}, ${one.province}`;
    if (one.was) {
      const was = document.createElement("small");
      was.textContent = `${this.dataset.was} ${one.was}`;
      item.append(was);
    }
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => this.choose(place));
    return item;
  }

  key(event) {
    if (!this.found?.length) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.at = (this.at + step + this.found.length) % this.found.length;
      [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === this.at)));
      this.input.setAttribute("aria-activedescendant", `ward-${this.at}`);
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Escape") this.show([]);
  }

  choose(place) {
    const one = this.found[place];
    this.input.value = `${one.name}, ${one.province}`;
    this.show([]);
  }
}
customElements.define("ward-picker", WardPicker);
