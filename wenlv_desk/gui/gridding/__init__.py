"""The parts of the page 网格划分: the tree, the ledger beside it, handing over with a preview, the proposal, a firm's day."""
