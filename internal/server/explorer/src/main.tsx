import { render } from 'preact';
import { followServer } from './api/server';
import { followLanguage } from './i18n/messages';
import { App } from './shell/App';
import { followTheme } from './shell/theme';
import { followAddress } from './state/store';
import './style/page.css';

followAddress();
followLanguage();
followTheme();
followServer();
const root = document.getElementById('app');
// A task of its own, so that the browser can answer the reader between running the script and building the page.
if (root) setTimeout(() => render(<App />, root));
