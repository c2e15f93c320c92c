// Passkeys: forms with data-passkey ask the device, put its answer into `credential`, and are sent as any form.
// Without this script, or where the browser has no passkeys, those forms stay hidden and the password does.
"use strict";

(() => {
  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  const ask = async (form) => {
    const body = new URLSearchParams({ step: form.dataset.step || "" });
    const token = form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(form.dataset.ask, { method: "POST", headers: { "X-CSRFToken": token }, body });
    if (answer.redirected) {
      location.assign(answer.url); // the password is asked for first
      return new Promise(() => {});
    }
    if (!answer.ok) throw new Error("ask");
    return (await answer.json()).publicKey;
  };

  const make = async (options) => {
    options.challenge = toBytes(options.challenge);
    options.user.id = toBytes(options.user.id);
    options.excludeCredentials = known(options.excludeCredentials);
    const made = await navigator.credentials.create({ publicKey: options });
    return {
      id: made.id, rawId: toText(made.rawId), type: made.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: toText(made.response.clientDataJSON),
        attestationObject: toText(made.response.attestationObject),
      },
    };
  };

  const get = async (options) => {
    options.challenge = toBytes(options.challenge);
    options.allowCredentials = known(options.allowCredentials);
    const given = await navigator.credentials.get({ publicKey: options });
    return {
      id: given.id, rawId: toText(given.rawId), type: given.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: toText(given.response.clientDataJSON),
        authenticatorData: toText(given.response.authenticatorData),
        signature: toText(given.response.signature),
        userHandle: given.response.userHandle ? toText(given.response.userHandle) : null,
      },
    };
  };

  const send = async (event) => {
    const form = event.currentTarget;
    if (form.elements.credential.value) return;
    event.preventDefault();
    const said = form.querySelector("[data-said]");
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const options = await ask(form);
      const answer = await (form.dataset.passkey === "create" ? make(options) : get(options));
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      if (said) {
        said.textContent = error.name === "InvalidStateError"
          ? "这台设备上的通行密钥已经加过了。"
          : "没有完成：可能取消了、等得太久，或这台设备不支持。可以再试一次，或改用口令。";
        said.setAttribute("role", "alert");
      }
      button.disabled = false;
    }
  };

  if (!window.isSecureContext || !window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
})();
