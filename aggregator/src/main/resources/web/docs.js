// The documentation: /openapi.json as Swagger UI shows it. It knows no route of its own, so it cannot disagree.

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

/** Swagger UI shows a response when it has ended, and a stream does not end: it cannot be tried out here. */
const withoutStreams = {
  statePlugins: {
    spec: { wrapSelectors: { allowTryItOutFor: () => (state, path) => !path.endsWith("/stream") } },
  },
};

/** The server of this page is the only one, so there is nothing to choose. */
const withoutServers = { wrapComponents: { ServersContainer: () => () => null } };

window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#contract",
  deepLinking: true,
  displayRequestDuration: true,
  // Expanded, the schemas at the end would be most of the page.
  defaultModelsExpandDepth: 0,
  // No external service validates the contract.
  validatorUrl: null,
  plugins: [withoutStreams, withoutServers],
});
