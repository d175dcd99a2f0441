// Requests of OpenAI's SDK and of servers that have the same API.

export { toOpenAiChat } from "./openai-chat.js";
export { toOpenAiResponse } from "./openai-responses.js";
export { PromptRequestError } from "./request-error.js";
