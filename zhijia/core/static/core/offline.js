/* What a phone needs where the connection comes and goes: the app's worker, and drafts of forms.

   <form method="post" data-draft="key"> is written to this device as it is filled in, without passwords, files and
   fields marked data-secret. Back on the page the draft is put into the form, and a line above it says so; not where
   the page answers what was sent (data-sent). The form sends its key along; where the server has saved (it answers
   with another page) it says so in the cookie draft-done, and the draft goes. Drafts belong to one login: the cookie
   draft-owner tells which. At logout they all go. */
(() => {
  "use strict";
  const PREFIX = "draft/";
  const DAYS_KEPT = 30;
  const store = (() => {
    try {
      localStorage.setItem("draft-test", "");
      localStorage.removeItem("draft-test");
      return localStorage;
    } catch {
      return null; /* forbidden by the browser: forms work, drafts are not kept */
    }
  })();

  const cookie = (name) => {
    const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1).replace(/^"|"$/g, "")) : "";
  };
  const owner = () => cookie("draft-owner");
  const place = (key) => `${PREFIX}${owner()}/${key}`;
  const places = () => Object.keys(store).filter((name) => name.startsWith(PREFIX));
  const read = (name) => {
    try {
      return JSON.parse(store.getItem(name));
    } catch {
      return null;
    }
  };

  /* Drafts of other logins and old ones. Without an owner nobody is logged in here, and nothing may stay. */
  const tidy = () => {
    const oldest = Date.now() - DAYS_KEPT * 86400000;
    for (const name of places()) {
      const draft = read(name);
      if (!owner() || !name.startsWith(place("")) || !draft || draft.at < oldest) store.removeItem(name);
    }
  };
  const forgetSent = () => {
    const key = cookie("draft-done");
    if (!key) return;
    store.removeItem(place(key));
    document.cookie = "draft-done=; Max-Age=0; Path=/; SameSite=Lax";
  };

  const kept = (control) =>
    control.name && !control.disabled && !["hidden", "password", "file", "submit", "button"].includes(control.type) &&
    !control.closest("[data-secret]");
  const controls = (form) => [...form.elements].filter(kept);
  const ticks = (control) => control.type === "checkbox" || control.type === "radio";
  const values = (form) => {
    const found = {};
    for (const control of controls(form)) {
      const list = (found[control.name] ??= []);
      if (ticks(control)) {
        if (control.checked) list.push(control.value);
      } else if (control.multiple) {
        list.push(...[...control.selectedOptions].map((option) => option.value));
      } else {
        list.push(control.value);
      }
    }
    return found;
  };
  const fill = (form, found) => {
    const left = structuredClone(found);
    for (const control of controls(form)) {
      const list = left[control.name];
      if (!list) continue;
      if (ticks(control)) control.checked = list.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = list.includes(option.value);
      else if (list.length) control.value = list.shift();
    }
  };

  const say = (form, text, label, work) => {
    form.querySelector(":scope > .draft-notice")?.remove();
    const box = document.createElement("div");
    box.className = "notice info draft-notice";
    box.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
    if (label) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = label;
      button.addEventListener("click", () => {
        work();
        box.remove();
      });
      line.append(" · ", button);
    }
    form.prepend(box);
    return box;
  };
  const when = (at) => {
    const day = new Date(at);
    return `${day.getMonth() + 1}月${day.getDate()}日 ${day.toTimeString().slice(0, 5)}`;
  };

  /* Hidden fields that belong to what was typed: which state of the record it began with and what stood there (the
     server then shows what others changed meanwhile, and merges), and the 编号 of a new one (what was saved but not
     answered is not saved twice). */
  const marks = (form) => [...form.elements].filter((one) => one.type === "hidden" && /^(version|uid|base-.+)$/.test(one.name));
  const write = (form) => {
    const [title] = document.title.split(" · ");
    const draft = { at: Date.now(), address: location.pathname, title, values: values(form) };
    draft.marks = Object.fromEntries(marks(form).map((mark) => [mark.name, mark.value]));
    try {
      store.setItem(place(form.dataset.draft), JSON.stringify(draft));
    } catch {
      /* the device is full: what is typed stays in the page */
    }
  };
  const restore = (form) => {
    if ("sent" in form.dataset) {
      write(form); /* the answer has what was typed, merged with what others changed: the older draft would undo that */
      return;
    }
    const draft = read(place(form.dataset.draft));
    const same = draft && JSON.stringify(draft.values) === JSON.stringify(values(form));
    if (!draft || same) return;
    fill(form, draft.values);
    for (const mark of marks(form)) mark.value = draft.marks?.[mark.name] ?? mark.value;
    say(form, `已恢复未提交的内容（${when(draft.at)}）`, "丢弃", () => {
      store.removeItem(place(form.dataset.draft));
      location.reload();
    });
  };

  const begin = (form) => {
    if (form.dataset.drafted || !store || !owner()) return;
    form.dataset.drafted = "1";
    restore(form);
    let timer;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => write(form), 300);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
  };
  const beginAll = (root) => root.querySelectorAll("form[data-draft]").forEach(begin);

  /* First of all listeners: without a connection nothing else may take the form away. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-draft]")) return;
    if (store && owner()) write(form);
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      say(form, "现在没有网络，没有提交。填写的内容已留在这台设备上，连上以后再提交一次。").scrollIntoView({ block: "center" });
      return;
    }
    const field = form.elements.namedItem("draft_key") || document.createElement("input");
    field.type = "hidden";
    field.name = "draft_key";
    field.value = form.dataset.draft;
    form.append(field);
  }, true);
  window.addEventListener("online", () => {
    document.querySelectorAll(".draft-notice").forEach((box) => say(box.parentElement, "网络恢复了，可以提交了。"));
  });
  document.addEventListener("htmx:sendError", (event) => {
    const form = event.target.closest?.("form");
    if (form) say(form, "没有连上服务器，没有提交。填写的内容还在，请稍后再试。");
  });
  document.addEventListener("htmx:afterRequest", () => store && forgetSent());
  document.addEventListener("htmx:load", (event) => beginAll(event.detail.elt));

  if (store) {
    forgetSent();
    tidy();
    beginAll(document);
    const list = document.querySelector("[data-drafts]");
    for (const draft of list ? places().map(read) : []) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = draft.address;
      link.textContent = `${draft.title}（${when(draft.at)}填写）`;
      item.append(link);
      list.append(item);
    }
  }
  document.querySelector("[data-retry]")?.addEventListener("click", (event) => {
    if (location.pathname === event.currentTarget.getAttribute("href")) return;
    event.preventDefault();
    location.reload(); /* shown in place of another page: that page is asked for again */
  });
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
})();
