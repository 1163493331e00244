import type { Random } from './random.ts';

const COLOURS = [
  'Amber',
  'Azure',
  'Beige',
  'Copper',
  'Coral',
  'Crimson',
  'Ebony',
  'Emerald',
  'Golden',
  'Indigo',
  'Ivory',
  'Lilac',
  'Magenta',
  'Maroon',
  'Mauve',
  'Ochre',
  'Olive',
  'Pearl',
  'Purple',
  'Russet',
  'Scarlet',
  'Silver',
  'Teal',
  'Violet',
] as const;
const ANIMALS = [
  'Aardvark',
  'Alpaca',
  'Axolotl',
  'Badger',
  'Capybara',
  'Dormouse',
  'Echidna',
  'Flamingo',
  'Gecko',
  'Hedgehog',
  'Ibis',
  'Jackdaw',
  'Kiwi',
  'Lemur',
  'Manatee',
  'Narwhal',
  'Ocelot',
  'Pangolin',
  'Quokka',
  'Rook',
  'Stoat',
  'Tapir',
  'Urchin',
  'Vole',
  'Walrus',
  'Xerus',
  'Yak',
  'Zebra',
] as const;

/** Industries and the word that ends a company's name there. */
export const INDUSTRIES = {
  manufacturing: 'Works',
  logistics: 'Freight',
  healthcare: 'Clinics',
  retail: 'Stores',
  finance: 'Mutual',
  education: 'Academies',
  energy: 'Power',
  media: 'Studios',
  software: 'Systems',
  'public sector': 'Agency',
} as const;
export type Industry = keyof typeof INDUSTRIES;

/** Account managers; nobody is called like this. */
export const OWNERS = [
  'Ada Sample',
  'Ben Example',
  'Cleo Placeholder',
  'Dan Specimen',
  'Eve Template',
  'Flo Mockup',
] as const;

/** Made-up company names, different for each index: "Purple Walrus Freight". */
export function companyNamer(random: Random): (index: number, industry: Industry) => string {
  const colours = random.shuffled(COLOURS);
  const animals = random.shuffled(ANIMALS);
  const pairs = colours.length * animals.length;
  return (index, industry) => {
    const at = index % pairs;
    const round = Math.floor(index / pairs);
    // For one animal the colour index runs through 5q + animal (mod 24), so no pair comes twice.
    const colour = colours[(at + Math.floor(at / animals.length)) % colours.length] ?? '';
    const animal = animals[at % animals.length] ?? '';
    return `${colour} ${animal} ${INDUSTRIES[industry]}${round === 0 ? '' : ` ${round + 1}`}`;
  };
}
