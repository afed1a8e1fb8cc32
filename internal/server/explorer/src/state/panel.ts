import { createContext } from 'preact';
import type { Panel } from './view';

/** The panel that a component is in, so that what it asks and draws can be found by the panel. */
export const PanelContext = createContext<Panel | undefined>(undefined);
