// The documentation: /openapi.json as Swagger UI shows it. It knows no route of its own, so it cannot disagree.

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

/** Swagger UI shows an answer when it has ended, and a stream of events does not end: it cannot be tried out here. */
const withoutStreams = {
  statePlugins: {
    spec: { wrapSelectors: { allowTryItOutFor: () => (state, path) => !path.endsWith("/stream") } },
  },
};

/** There is one server to ask, the one that this page came from: nobody needs to choose. */
const withoutServers = { wrapComponents: { ServersContainer: () => () => null } };

window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#contract",
  deepLinking: true,
  displayRequestDuration: true,
  // Messages are looked up by name, among the schemas at the end: unfolded there, they would be most of the page.
  defaultModelsExpandDepth: 0,
  // Nobody else's service is asked whether the contract is valid.
  validatorUrl: null,
  plugins: [withoutStreams, withoutServers],
});
