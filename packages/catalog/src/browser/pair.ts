// The form that chooses two environments opens the page of that pair.

export function startPair(): void {
  const form = document.querySelector<HTMLFormElement>("form#pair");
  if (form === null) return;
  form.hidden = false;
  const pairs = JSON.parse(form.dataset["pairs"] ?? "[]") as readonly (readonly [string, string, string])[];
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    const chosen = new FormData(form);
    const pair = pairs.find(([from, to]) => from === chosen.get("from") && to === chosen.get("to"));
    const status = form.querySelector("[role=status]");
    if (status !== null) status.textContent = pair === undefined ? "Choose two different environments." : "";
    if (pair !== undefined)
      location.href = `${document.body.dataset["root"] ?? ""}promotions/${encodeURIComponent(pair[2])}.html`;
  });
}
