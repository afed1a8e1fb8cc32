// Collects the licences of the bundled packages from the packages themselves.
import fs from 'node:fs';
import path from 'node:path';

const licenceFile = /^(licen[cs]e|copying|notice|third-?party-?notices)([.-].*)?$/i;
const rule = `\n${'='.repeat(80)}\n`;

/** Returns a text for a page with the licence of every package in esbuild's metafiles, ordered by package name. */
export function licences(page, ...metafiles) {
  const packages = new Map();
  for (const folder of metafiles.flatMap(bundledFolders)) {
    const about = describe(folder);
    packages.set(`${about.name} ${about.version}`, { ...about, text: licenceText(folder) ?? null });
  }
  const sorted = [...packages.values()].sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1));
  for (const each of sorted) each.text ??= licenceOfRelative(each, sorted);

  const sections = sorted.map(({ name, version, license, text }) =>
    `${rule}${name} ${version} (${license})${rule}\n${text}\n`);
  return `${page} contains these packages, each under its own licence.\n${sections.join('')}`;
}

/** Returns the folders of packages with a file in a bundle: node_modules/a, node_modules/@b/c, or nested ones. */
function bundledFolders({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  return inputs.map((file) => file.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean);
}

function describe(folder) {
  const about = fs.readFileSync(path.join(folder, 'package.json'), 'utf8');
  const { name, version, license, author, repository } = JSON.parse(about);
  const url = repository?.url ?? repository ?? '';
  // Only the last part: a repository keeps its name when it moves to another owner.
  return { name, version, license, url, author: author?.name ?? author, repository: path.basename(url, '.git') };
}

function licenceText(folder) {
  const files = fs.readdirSync(folder).filter((file) => licenceFile.test(file)).sort();
  const textOf = (file) => fs.readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return files.map(textOf).join('\n\n') || undefined;
}

/**
 * Returns the licence of a package without a file: that of a package of the same repository or author, or the text of
 * the licence that it declares, if it is a file of this folder.
 */
function licenceOfRelative({ name, license, author, repository, url }, packages) {
  const relative =
    packages.find((other) => other.text && repository && other.repository === repository) ??
    packages.find((other) => other.text && author && other.author === author && other.license === license);
  if (relative) return relative.text;
  const declared = path.join(import.meta.dirname, `${license}.txt`);
  if (!fs.existsSync(declared)) throw new Error(`${name} has no licence file, and ${license} has no text`);
  return `Copyright (c) the authors of ${name}, ${url}\n\n${fs.readFileSync(declared, 'utf8').trim()}`;
}
