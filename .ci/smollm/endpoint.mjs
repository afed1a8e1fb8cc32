// Serves a GGUF model as an endpoint for chat completions on this machine:
// node endpoint.mjs PACKAGES MODEL. PACKAGES is a folder with node-llama-cpp. It prints its address when it is ready.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, file] = process.argv.slice(2);
const resolve = createRequire(join(packages, "package.json")).resolve;
const { getLlama, LlamaChatSession, LlamaLogLevel } = await import(pathToFileURL(resolve("node-llama-cpp")));

const llama = await getLlama({ gpu: false, build: "never", maxThreads: 2, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: file });
const context = await model.createContext({ contextSize: 8192 });

// answer returns the text of a chat completion, and why it ended. Each one has a session of its own.
async function answer({ messages, max_tokens: limit, response_format: format }) {
  const of = (role) => messages.filter((m) => m.role === role).map((m) => m.content).join("\n");
  const sequence = context.getSequence();
  try {
    const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: of("system") });
    const grammar = format?.type === "json_schema"
      ? await llama.createGrammarForJsonSchema(format.json_schema.schema)
      : undefined;
    const maxTokens = Math.min(limit ?? 700, 700);
    const { responseText, stopReason } = await session.promptWithMeta(of("user"), { temperature: 0, maxTokens, grammar });
    session.dispose();
    return { content: responseText, finish: stopReason === "maxTokens" ? "length" : "stop" };
  } finally {
    sequence.dispose();
  }
}

async function body(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return JSON.parse(text);
}

let last = Promise.resolve();
const server = createServer(async (request, response) => {
  const reply = (status, value) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  try {
    const question = await body(request);
    const turn = last.then(() => answer(question)); // one at a time: there is one sequence
    last = turn.catch(() => {});
    const { content, finish } = await turn;
    const usage = { total_tokens: model.tokenize(content).length };
    const choices = [{ message: { role: "assistant", content }, finish_reason: finish }];
    reply(200, { model: question.model, choices, usage });
  } catch (error) {
    console.error(String(error));
    reply(500, { error: { message: String(error) } });
  }
});
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
