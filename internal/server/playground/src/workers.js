// Monaco asks for its workers by label. The build hashes their names and leaves them in WORKERS;
// they lie beside this script, so the page works under any base path.
const file = (label) => WORKERS[label] ?? WORKERS.editor;

globalThis.MonacoEnvironment = {
  getWorker: (_moduleId, label) => new Worker(new URL(file(label), import.meta.url), { name: label }),
};
