/// <reference types="vite/client" />

declare module 'virtual:view.css';

declare module 'virtual:formulas' {
  import type { FormulaTemplates } from './build/formula-templates.js';

  const templates: FormulaTemplates;
  export default templates;
}
