export { alerting } from './topologies/alerting.ts';
