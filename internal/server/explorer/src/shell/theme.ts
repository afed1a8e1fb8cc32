// Light or dark: as the reader chose, else as the system has it.
import { computed, effect, signal } from '@preact/signals';
import { part } from '../state/store';

const system = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(system.matches);
system.addEventListener('change', () => (systemIsDark.value = system.matches));

const chosen = part((view) => view.theme);

/** Whether the page is dark. Canvases are drawn again when it changes. */
export const dark = computed(() => (chosen.value === 'system' ? systemIsDark.value : chosen.value === 'dark'));

/** Applies the theme to the page until the returned function is called. */
export function followTheme(): () => void {
  return effect(() => {
    document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
  });
}
