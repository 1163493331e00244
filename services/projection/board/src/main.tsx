import { render } from 'preact';
import { Board } from './shell/board.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/controls.css';
import './styles/tables.css';
import './styles/charts.css';
import './styles/pages.css';
import './styles/customer.css';
import './styles/pages-more.css';
import './styles/narrow.css';
import './styles/narrow-tables.css';

const root = document.getElementById('board');
if (root) render(<Board />, root);
