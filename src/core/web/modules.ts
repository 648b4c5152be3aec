import { createContext, useContext } from 'react';
import type { WebModule } from './module.ts';

/** The modules of this page, for the navigation and the slots. */
export const ModulesContext = createContext<readonly WebModule[]>([]);
export const useModules = (): readonly WebModule[] => useContext(ModulesContext);
