// Where we are: which company, which customer, and what they wrote to each other.
import { ask } from "./wire.js";
import { keep, kept } from "./words.js";

export const here = {
  world: { numbers: [], customers: [], chats: [], knobs: null, retrying: 0, sent: 0 },
  number: kept("number", ""),
  customer: kept("customer", ""),
  talk: null,
  writer: "", // who writes in a group
};

export const person = () => here.world.customers.find((one) => one.id === here.customer);
export const company = () => here.world.numbers.find((one) => one.id === here.number);
export const path = () => `/api/chats/${here.number}/${here.customer}`;
export const named = (id) => here.world.customers.find((one) => one.id === id)?.name || id;

/** Who acts on this phone: the customer, or a member of the group. */
export function writer() {
  const members = person()?.members;
  if (!members) return here.customer;
  return members.includes(here.writer) ? here.writer : members[0];
}

/** The fields that every act of a customer has. */
export const spot = () => {
  const fields = { number: here.number, from: writer() };
  return person()?.members ? { ...fields, group: here.customer } : fields;
};

export async function loadWorld() {
  here.world = await ask("/api/state");
  const { numbers, customers } = here.world;
  if (!company() && numbers.length) here.number = numbers[0].id;
  if (!person() && customers.length) here.customer = customers[0].id;
}

/** The chat, or null where another one was chosen meanwhile. */
export async function loadTalk() {
  if (!company() || !person()) return null;
  const asked = path();
  const found = await ask(asked);
  if (asked !== path()) return null;
  here.talk = found;
  return found;
}

export function move(number, customer) {
  Object.assign(here, { number, customer, talk: null, writer: "" });
  keep("number", number);
  keep("customer", customer);
}
