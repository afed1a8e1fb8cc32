// Serves a GGUF model as an endpoint for chat completions on this machine:
// node endpoint.mjs PACKAGES MODEL. PACKAGES is a folder with node-llama-cpp. It prints its address when it is ready.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

// A small model leaves lists empty, or repeats itself until something stops it. With these bounds an answer is a whole
// form that says something.
const maxTokens = 700;
const items = { minItems: 1, maxItems: 2 };
const itemsWithin = { minItems: 0, maxItems: 2 }; // of a list in an entry
const numbersWithin = { minItems: 1, maxItems: 2 };
const maxLength = 60;

// Under this name the model writes freely, and briefly: the endpoint refuses response_format.
const prose = "prose";
const maxProse = 150;

const [packages, file] = process.argv.slice(2);
const require = createRequire(resolve(packages, "package.json"));
const { getLlama, LlamaChatSession, LlamaLogLevel } = await import(pathToFileURL(require.resolve("node-llama-cpp")));

const llama = await getLlama({ gpu: false, build: "never", maxThreads: 1, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: file });
const context = await model.createContext({ contextSize: 8192, sequences: 3 });

// sequences are the states of the model by system prompt, so that it reads the instructions of each part once.
const sequences = new Map();

function sequenceOf(system) {
  if (!sequences.has(system)) sequences.set(system, context.getSequence());
  return sequences.get(system);
}

// bounded returns a schema with bounds on lists and texts. What matches it matches the schema as well.
function bounded(schema, within = false) {
  const { properties, items: element, ...rest } = schema;
  if (properties) {
    const entries = Object.entries(properties).map(([name, value]) => [name, bounded(value, within)]);
    return { ...rest, properties: Object.fromEntries(entries) };
  }
  if (element) {
    const bounds = !within ? items : element.type === "integer" ? numbersWithin : itemsWithin;
    return { ...rest, ...bounds, items: bounded(element, true) };
  }
  if (schema.enum || ![schema.type].flat().includes("string")) return schema;
  const string = { type: "string", minLength: 1, maxLength };
  return schema.type === "string" ? string : { oneOf: [{ type: "null" }, string] };
}

// answer returns the text of a chat completion, why it ended, and the tokens of question and answer.
async function answer({ model: name, messages, temperature, seed, response_format: format }, signal) {
  const textOf = (role) => messages.filter((m) => m.role === role).map((m) => m.content).join("\n");
  const contextSequence = sequenceOf(textOf("system"));
  const session = new LlamaChatSession({ contextSequence, systemPrompt: textOf("system"), autoDisposeSequence: false });
  try {
    const grammar = format?.type === "json_schema"
      ? await llama.createGrammarForJsonSchema(bounded(format.json_schema.schema))
      : undefined;
    const before = contextSequence.tokenMeter.getState();
    const { responseText, stopReason } = await session.promptWithMeta(textOf("user"), {
      temperature, seed, maxTokens: name === prose ? maxProse : maxTokens, grammar, signal,
    });
    const { usedOutputTokens } = contextSequence.tokenMeter.diff(before);
    return {
      content: responseText, finish: stopReason === "maxTokens" ? "length" : "stop",
      usage: { prompt_tokens: contextSequence.nextTokenIndex - usedOutputTokens, completion_tokens: usedOutputTokens },
    };
  } finally {
    session.dispose({ disposeSequence: false });
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
    if (question.model === prose && question.response_format) {
      return reply(400, { error: { message: "response_format is not supported" } });
    }
    const closed = new AbortController();
    response.on("close", () => closed.abort());
    const turn = last.then(() => answer(question, closed.signal)); // one at a time: they share the processor
    last = turn.catch(() => {});
    const { content, finish, usage } = await turn;
    const choices = [{ message: { role: "assistant", content }, finish_reason: finish }];
    reply(200, { model: question.model, choices, usage });
  } catch (error) {
    console.error(String(error));
    reply(500, { error: { message: String(error) } });
  }
});
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
