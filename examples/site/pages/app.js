// A single-page app without a framework: links change the address by pushState and the page by hand.
const courses = { algebra: "Algebra", geometry: "Geometry", statistics: "Statistics" };
const app = document.getElementById("app");

function link(path, text) {
  const element = Object.assign(document.createElement("a"), { href: path, textContent: text });
  element.addEventListener("click", (event) => {
    event.preventDefault();
    history.pushState(null, "", path);
    show();
  });
  return element;
}

function show() {
  const course = courses[location.pathname.split("/")[2]];
  const title = course ?? "Courses";
  document.title = `${title} · Atlas Tutoring`;
  app.replaceChildren(Object.assign(document.createElement("h1"), { textContent: title }));
  if (course === undefined) {
    for (const [path, name] of Object.entries(courses)) app.append(link(`/app/${path}`, name), " ");
    return;
  }
  const start = Object.assign(document.createElement("button"), { textContent: `Start ${course}` });
  start.addEventListener("click", () => nexora("track", "Course started", { course }));
  app.append(start, " ", link("/app", "All courses"));
}

addEventListener("popstate", show);
show();
