// A real OpenID provider for the journey, on loopback: certified library, one client, one person, a form to log in.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, callback, staff] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: "zhijia", client_secret: "a-secret-of-the-journey-only-0123456789", redirect_uris: [callback],
    token_endpoint_auth_method: "client_secret_post",
  }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], profile: ["name", "staff_no"] },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ["only-for-the-journey"] },
  findAccount: (_context, sub) => ({
    accountId: sub,
    claims: () => ({ sub, name: "journey", staff_no: sub === "known" ? staff : "none-of-ours" }),
  }),
});
createServer(provider.callback()).listen(Number(port), "127.0.0.1", () => console.log("ready"));
