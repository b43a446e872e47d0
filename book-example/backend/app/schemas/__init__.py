"""What goes over the wire. Tables never do."""
