"""The demo house "Weserrad GmbH, Bremen": its data, words and pictures, and how they are loaded."""
