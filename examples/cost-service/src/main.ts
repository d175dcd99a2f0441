// Shows what the service would send: the cost analyst's prompt in full, the others in a line each.

import { askCostAnalyst } from "./ask-cost-analyst.js";
import { forecastSpending } from "./forecast-spending.js";
import type { ModelRequest } from "./model-request.js";
import { triageAlert } from "./triage-alert.js";

const question = askCostAnalyst(
  "What did we spend on SQL warehouses last month?",
  "Workspace admin of the data platform team",
);
const triage = triageAlert("Spending of workspace analytics-prod rose 240 % against yesterday", "Ada");
const forecast = forecastSpending("data-platform", [
  { month: "2026-08", dollars: 43_900 },
  { month: "2026-09", dollars: 46_100 },
]);

console.log(`${question.promptUri}\n`);
for (const { content } of question.messages) console.log(`${String(content).replace(/^(?=.)/gm, "  ")}\n`);
console.log(summary(triage));
console.log(summary(forecast));

function summary({ promptUri, model, system, messages }: ModelRequest): string {
  const roles = [...(system === undefined ? [] : ["system"]), ...messages.map(({ role }) => role)];
  return `${promptUri.padEnd(32)} ${roles.join(" + ")} for ${model}`;
}
