// Fonts of the screenshots: those of npm packages alone, so that the pictures do not depend on the machine.
//
// Latin and Cyrillic letters are Noto Sans, signs are DejaVu Sans, Arabic letters are the font that the page brings.
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const packages = path.resolve(import.meta.dirname, '../node_modules');
const noto = '@expo-google-fonts/noto-sans';
const files = [
  `${noto}/400Regular/NotoSans_400Regular.ttf`, `${noto}/400Regular_Italic/NotoSans_400Regular_Italic.ttf`,
  `${noto}/600SemiBold/NotoSans_600SemiBold.ttf`, `${noto}/700Bold/NotoSans_700Bold.ttf`,
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf', 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf',
];
const settings = { antialias: 'true', hinting: 'false', hintstyle: 'hintnone', rgba: 'none', lcdfilter: 'lcdnone' };

/** Lets programs see these fonts only. It must precede the start of the browser. Returns the folder of the fonts. */
export function useOwnFonts() {
  const folder = mkdtempSync(path.join(tmpdir(), 'casus-fonts-'));
  for (const file of files) copyFileSync(path.join(packages, file), path.join(folder, path.basename(file)));
  const config = path.join(folder, 'fonts.conf');
  writeFileSync(config, configuration(folder));
  process.env.FONTCONFIG_FILE = config;
  return folder;
}

/** Returns the settings of fontconfig: https://www.freedesktop.org/software/fontconfig/fontconfig-user.html. */
function configuration(folder) {
  const alias = (name, ...preferred) => {
    const families = preferred.map((each) => `<family>${each}</family>`).join('');
    return `<alias binding="same"><family>${name}</family><prefer>${families}</prefer></alias>`;
  };
  const edit = ([name, value]) => {
    const type = ['true', 'false'].includes(value) ? 'bool' : 'const';
    return `<edit name="${name}" mode="assign"><${type}>${value}</${type}></edit>`;
  };
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${folder}/cache</cachedir>
  ${['sans-serif', 'sans', 'serif', 'system-ui'].map((name) => alias(name, 'Noto Sans', 'DejaVu Sans')).join('\n  ')}
  ${alias('monospace', 'DejaVu Sans Mono')}
  <match target="pattern"><edit name="family" mode="append_last"><string>Noto Sans</string></edit></match>
  <match target="font">${Object.entries(settings).map(edit).join('')}</match>
</fontconfig>
`;
}
