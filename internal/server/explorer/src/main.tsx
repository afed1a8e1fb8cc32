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
if (root) render(<App />, root);
