//! What lists, sets and dictionaries hold, and whether that is all of it.

use std::{
    cell::{Cell, Ref, RefCell, RefMut},
    rc::Rc,
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

    /// Notes that one more item is there for certain.
    pub fn note_added(&self) {
        self.least.set(self.least.get().map(|least| least + 1));
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
