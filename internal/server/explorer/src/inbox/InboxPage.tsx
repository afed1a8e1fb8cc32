import { useEffect } from 'preact/hooks';
import { say } from '../i18n/review';
import { Access } from '../review/Access';
import { PageHead } from '../review/PageHead';
import { AnswerForm } from './AnswerForm';
import { ArticleForm } from './ArticleForm';
import { BookmarkletSection } from './BookmarkletSection';
import { OfferSection } from './OfferSection';
import { followDraft } from './state';

/** The page that takes an article, writes the question for a chat, and makes a proposal of the chat's answer. */
export function InboxPage() {
  useEffect(() => {
    document.title = say('inbox.title');
  });
  useEffect(followDraft, []);
  return (
    <>
      <PageHead page="inbox" />
      <Access />
      <main class="sheet">
        <OfferSection />
        <ArticleForm />
        <AnswerForm />
        <BookmarkletSection />
      </main>
    </>
  );
}
