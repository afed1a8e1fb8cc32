// Files of the build that the page reads when it needs them, such as the drawing of the land. A saved page has them
// within, and runs no worker.

let saved: ReadonlyMap<string, unknown> | undefined;
const read = new Map<string, unknown>();

/** Lets the page read these files only, by their names. */
export function readFilesFrom(files: ReadonlyMap<string, unknown>): void {
  saved = files;
}

/** Reports whether the page was saved as one file. */
export function isSaved(): boolean {
  return saved !== undefined;
}

/** Returns the content of a JSON file of the build. */
export async function readFile(name: string): Promise<unknown> {
  if (saved) return saved.get(name);
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: status ${response.status}`);
  const content: unknown = await response.json();
  read.set(name, content);
  return content;
}

/** The files that the page has read. */
export function readFiles(): ReadonlyMap<string, unknown> {
  return saved ?? read;
}
