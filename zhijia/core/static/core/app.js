/* Makes quick what works without it: suggestions, capitals, previews, selection, keys. Nothing here is needed. */
(() => {
  "use strict";
  const all = (selector, root = document) => root.querySelectorAll(selector);
  const later = (work, wait) => {
    let timer;
    return (...words) => {
      clearTimeout(timer);
      timer = setTimeout(() => work(...words), wait);
    };
  };
  const ask = async (url) => {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    return answer.ok ? answer.json() : null;
  };

  /* A picker's suggestions: the server answers {"options": [{"value", "label"}]}. */
  const picker = (input) => {
    const list = document.getElementById(input.getAttribute("list"));
    const look = later(async () => {
      const url = new URL(input.dataset.pick, location.origin);
      url.searchParams.set("q", input.value.trim());
      const found = await ask(url);
      if (!found) return;
      list.replaceChildren(...found.options.map((one) => {
        const option = document.createElement("option");
        option.value = one.value;
        option.label = one.label;
        return option;
      }));
    }, 200);
    input.addEventListener("input", look);
    input.addEventListener("focus", look, { once: true });
  };

  /* An amount in capitals, told by the server, so that there is one rule for it. */
  const capital = (input) => {
    const output = input.closest(".field").querySelector("output");
    const tell = later(async () => {
      const found = input.value.trim() ? await ask(`/capital/?value=${encodeURIComponent(input.value)}`) : null;
      output.value = found ? found.text : "";
    }, 250);
    input.addEventListener("input", tell);
    if (input.value) tell();
  };

  /* A native calendar beside a date box that accepts typing. */
  const calendar = (input) => {
    const button = document.createElement("input");
    button.type = "date";
    button.className = "short calendar";
    button.setAttribute("aria-label", "从日历选择");
    button.tabIndex = -1;
    button.addEventListener("change", () => {
      input.value = button.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const row = document.createElement("div");
    row.className = "dated";
    input.before(row);
    row.append(input, button);
  };

  const preview = (input) => {
    const list = document.createElement("ul");
    list.className = "preview";
    input.after(list);
    input.addEventListener("change", () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        if (file.type.startsWith("image/")) {
          const image = document.createElement("img");
          image.src = URL.createObjectURL(file);
          image.alt = file.name;
          image.addEventListener("load", () => URL.revokeObjectURL(image.src));
          item.append(image);
        } else {
          item.textContent = file.name;
        }
        return item;
      }));
    });
  };

  const selectAll = (box) => {
    const boxes = () => all(`input[name="${box.dataset.selectAll}"]`);
    box.addEventListener("change", () => boxes().forEach((one) => { one.checked = box.checked; }));
  };

  /* Copies the text of the element named, and says so on the button; where the browser lets no page copy, selects it. */
  const copier = (button) => {
    const from = document.getElementById(button.dataset.copy), word = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = from.value ?? from.textContent.trim();
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "已复制";
      } catch {
        if (from.select) from.select();
        else getSelection().selectAllChildren(from);
        button.textContent = document.execCommand("copy") ? "已复制" : "已选中，请复制";
      }
      setTimeout(() => { button.textContent = word; }, 3000);
    });
  };

  const ready = (root) => {
    all("[data-copy]", root).forEach(copier);
    all("[data-pick]", root).forEach(picker);
    all("[data-capital]", root).forEach(capital);
    all("[data-date]", root).forEach(calendar);
    all("[data-preview]", root).forEach(preview);
    all("[data-select-all]", root).forEach(selectAll);
    all("[data-print]", root).forEach((one) => one.addEventListener("click", () => window.print()));
    const wrong = root.querySelector("[data-focus]");
    if (wrong) wrong.focus();
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "Escape") {
      all("details.menu[open]").forEach((one) => { one.open = false; });
    } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const target = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
      if (target) {
        event.preventDefault();
        if (target.matches("input")) target.focus();
        else target.click();
      }
    }
  });
  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((one) => { if (!one.contains(event.target)) one.open = false; });
  });
  document.addEventListener("submit", (event) => {
    /* A second press of the same button does nothing while the first is on its way. */
    if (event.target.dataset.sent) event.preventDefault();
    else if (event.target.method === "post" && !event.defaultPrevented) event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) ready(event.detail.elt); });
  document.addEventListener("htmx:beforeRequest", (event) => { delete event.target.dataset.sent; });
  ready(document);
})();
