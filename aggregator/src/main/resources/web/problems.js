// Scrolls to the problem in the path: /problems/place-not-found.

const selected = document.getElementById(location.pathname.split("/").at(-1));
if (selected?.classList.contains("problem")) {
  document.title = `${selected.querySelector("h2").textContent} · weather-mesh`;
  selected.classList.add("asked-for");
  selected.scrollIntoView();
}
