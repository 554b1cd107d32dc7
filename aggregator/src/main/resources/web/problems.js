// Shows first what the address asks about: /problems/place-not-found leads to that problem among all of them.

const asked = document.getElementById(location.pathname.split("/").at(-1));
if (asked?.classList.contains("problem")) {
  document.title = `${asked.querySelector("h2").textContent} · weather-mesh`;
  asked.classList.add("asked-for");
  asked.scrollIntoView();
}
