// Monaco requests its workers by label. The build hashes their names and defines WORKERS with them.
// They are next to this script, so the page works under any base path.
const file = (label) => WORKERS[label] ?? WORKERS.editor;

globalThis.MonacoEnvironment = {
  getWorker: (_moduleId, label) => new Worker(new URL(file(label), import.meta.url), { name: label }),
};
