/** Which version of the page this is: the server puts it into the address of every file (/static/<build>/js/...). */

export const BUILD = new URL(import.meta.url).pathname.split('/')[2];
