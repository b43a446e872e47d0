//! What lists, sets and dictionaries hold, and whether that is all of it.

use std::{
    cell::{Cell, Ref, RefCell, RefMut},
    rc::Rc,
};

use super::{
    key::Key,
    value::{Entries, Value},
};

/// The contents of a list, set or dictionary. After something unknown was added to it, or taken over into it under a
/// condition that is not decided, it is *open*: there may be further items, and some of those it has may not be there.
pub struct Collection<T> {
    items: RefCell<T>,
    /// How many items are there at least; absent when the items are exactly these.
    least: Cell<Option<usize>>,
}

impl<T> Collection<T> {
    /// Exactly these items.
    #[must_use]
    pub fn new(items: T) -> Rc<Self> {
        Rc::new(Self {
            items: RefCell::new(items),
            least: Cell::new(None),
        })
    }

    /// Items of which so many are there for certain, or, without a number, all of them and nothing else.
    #[must_use]
    pub fn with_least(items: T, least: Option<usize>) -> Rc<Self> {
        let collection = Self::new(items);
        collection.least.set(least);
        collection
    }

    /// The items, to read.
    pub fn borrow(&self) -> Ref<'_, T> {
        self.items.borrow()
    }

    /// The items, to change.
    pub fn borrow_mut(&self) -> RefMut<'_, T> {
        self.items.borrow_mut()
    }

    /// Whether there may be other items than these.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.least.get().is_some()
    }

    /// How many items are there at least; absent when the items are exactly these.
    #[must_use]
    pub fn least(&self) -> Option<usize> {
        self.least.get()
    }

    /// Says that there may be further items.
    pub fn open(&self, least: usize) {
        self.least
            .set(Some(self.least.get().map_or(least, |known| known.min(least))));
    }

    /// Notes that so many further items are there for certain.
    pub fn note_added(&self, count: usize) {
        self.least.set(self.least.get().map(|least| least + count));
    }

    /// Notes that an item was taken out.
    pub fn note_removed(&self) {
        self.least
            .set(self.least.get().map(|least| least.saturating_sub(1)));
    }

    /// Notes that it was emptied.
    pub fn note_cleared(&self) {
        self.least.set(None);
    }
}

impl Collection<Entries> {
    /// Puts an entry in of which it is not certain that it is there, in place of one of the same key.
    pub fn place(&self, key: Key, entry: (Value, Value)) {
        self.items.borrow_mut().insert(key, entry);
    }

    /// Puts an entry in, in place of one of the same key; an entry is there for certain then.
    pub fn put(&self, key: Key, entry: (Value, Value)) {
        self.place(key, entry);
        if self.least() == Some(0) {
            self.note_added(1);
        }
    }

    /// Takes the entry of a key out.
    pub fn take(&self, key: &Key) -> Option<(Value, Value)> {
        let taken = self.items.borrow_mut().shift_remove(key);
        // What is not known may have been the entry.
        if taken.is_some() || self.is_open() {
            self.note_removed();
        }
        taken
    }

    /// Takes the last entry out.
    pub fn take_last(&self) -> Option<(Value, Value)> {
        self.note_removed();
        self.items.borrow_mut().pop().map(|(_, entry)| entry)
    }
}
