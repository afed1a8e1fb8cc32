// Tests each feature of the explorer in a browser: node features/run.mjs PROGRAM [F01...]
//
// PROGRAM is a built casus. There is one test for each feature of the contract, TestF01 to TestF22, in a file of that
// name. The run fails if one of them is missing, checks nothing or fails. With names of features it runs only those.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { launch } from '../checks.mjs';
import { labOf } from './lab.mjs';
import { startServers } from './servers.mjs';

const features = Array.from({ length: 22 }, (_, i) => `F${String(i + 1).padStart(2, '0')}`);
const [program, ...chosen] = process.argv.slice(2);
const unknown = chosen.filter((name) => !features.includes(name));
if (!program || unknown.length > 0) {
  console.error(`usage: node features/run.mjs PROGRAM [FEATURE...]${unknown.map((name) => `; there is no ${name}`)}`);
  process.exit(2);
}
const files = (await readdir(import.meta.dirname)).filter((file) => /^f\d+\.mjs$/.test(file));
const extra = files.filter((file) => !features.includes(file.replace('.mjs', '').toUpperCase()));

const servers = await startServers(path.resolve(program));
// Names other than the server's are not resolved: the pages have to work without a network.
const browser = await launch('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
const results = [];
for (const name of chosen.length > 0 ? chosen : features) {
  const started = performance.now();
  const lab = labOf({ name: `Test${name}`, browser, servers });
  let title = '';
  try {
    const test = await import(`./${name.toLowerCase()}.mjs`);
    title = test.title;
    await test.default(lab);
  } catch (error) {
    console.error(`FAIL Test${name}\n    ${error.stack}`);
    lab.failed++;
  }
  const passed = lab.passed > 0 && lab.failed === 0;
  results.push(passed);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${passed ? 'ok  ' : 'FAIL'} Test${name} ${title} (${lab.passed} of ${lab.passed + lab.failed}, ${seconds} s)`,
  );
}
await browser.close();
await servers.close();
const failed = results.filter((passed) => !passed).length + extra.length;
for (const file of extra) console.error(`FAIL ${file} belongs to no feature`);
console.log(`features: ${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
