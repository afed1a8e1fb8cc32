// The script of /review and /inbox.
import { render } from 'preact';
import { followLanguage } from '../i18n/messages';
import { followReviewLanguage } from '../i18n/review';
import { InboxPage } from '../inbox/InboxPage';
import { sessionName } from '../session/session';
import { followTheme } from '../shell/theme';
import { followOpened } from './address';
import { ReviewPage } from './ReviewPage';
import '../style/review.css';

followOpened();
followLanguage();
followReviewLanguage();
followTheme();
void sessionName();
const root = document.getElementById('app');
if (root) render(location.pathname.endsWith('/inbox') ? <InboxPage /> : <ReviewPage />, root);
