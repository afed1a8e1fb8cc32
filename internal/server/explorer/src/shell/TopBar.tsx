import { Preferences } from '../parts/Preferences';
import { Search } from '../search/Search';
import { SignOut } from '../session/SignOut';
import { ShareButton } from '../share/ShareButton';

export function TopBar() {
  return (
    <header class="top">
      <h1>Casus</h1>
      <Search />
      <span class="grow" />
      <Preferences />
      <ShareButton />
      <SignOut />
    </header>
  );
}
