package io.inferometer.simulator.cache;

/**
 * The blocks of an engine's memory for contexts. A block is in use, by one or more requests, or idle: what it holds is
 * known by its hash and can be taken again, until its place is needed. The idle block that was used longest ago goes first.
 *
 * <p>A block has about 50 bytes here, a four thousandth of what it has on an accelerator. Everything takes constant time.
 */
public final class BlockPool {
    private static final int INITIAL_BUCKETS = 1 << 10;

    /** A block. */
    public static final class Block {
        private long hash;
        private boolean known;
        private int users;
        /** Its neighbours among the idle ones; null while it is in use. */
        private Block older;

        private Block newer;
        /** The next one in its bucket. */
        private Block next;

        /** Whether nobody uses it. */
        public boolean idle() {
            return users == 0;
        }
    }

    private final long capacity;
    /** Between the oldest and the newest of the idle ones, which are a ring. */
    private final Block idle = new Block();

    private Block[] buckets = new Block[INITIAL_BUCKETS];
    private long knownBlocks;
    private long usedBlocks;
    private long idleBlocks;

    /** An empty one with room for so many blocks. */
    public BlockPool(long capacity) {
        this.capacity = capacity;
        idle.older = idle;
        idle.newer = idle;
    }

    /** How many blocks can be taken into use, idle ones or others; less than 0 if too many are. */
    public long free() {
        return capacity - usedBlocks;
    }

    /** The share of the blocks that is in use, 0 to 1. */
    public double usage() {
        return Math.min(1, (double) usedBlocks / capacity);
    }

    /** The block that is known by a hash, or null. */
    public Block find(long hash) {
        Block block = buckets[bucket(hash)];
        while (block != null && block.hash != hash) {
            block = block.next;
        }
        return block;
    }

    /** One more user of a block that is known. */
    public void take(Block block) {
        if (block.users++ == 0) {
            usedBlocks++;
            idleBlocks--;
            unlink(block);
        }
    }

    /**
     * An empty block for one user. There always is one: a request that is larger than the whole memory has to be answered
     * some time. Who calls this has looked at {@link #free}.
     */
    public Block allocate() {
        Block block = new Block();
        block.users = 1;
        usedBlocks++;
        if (usedBlocks + idleBlocks > capacity && idleBlocks > 0) {
            Block oldest = idle.newer;
            idleBlocks--;
            unlink(oldest);
            forget(oldest);
        }
        return block;
    }

    /** A block in use has been filled. It stays unknown if another one holds the same. */
    public void fill(Block block, long hash) {
        if (find(hash) != null) {
            return;
        }
        if (knownBlocks++ == buckets.length) {
            grow();
        }
        block.hash = hash;
        block.known = true;
        link(block);
    }

    /** One user less. A block that nobody uses is idle if it is known, else it is gone. */
    public void release(Block block) {
        if (--block.users > 0) {
            return;
        }
        usedBlocks--;
        if (!block.known) {
            return;
        }
        if (usedBlocks + idleBlocks >= capacity) {
            forget(block);
            return;
        }
        idleBlocks++;
        block.older = idle.older;
        block.newer = idle;
        idle.older.newer = block;
        idle.older = block;
    }

    private static void unlink(Block block) {
        block.older.newer = block.newer;
        block.newer.older = block.older;
        block.older = null;
        block.newer = null;
    }

    private int bucket(long hash) {
        return (int) hash & buckets.length - 1;
    }

    private void link(Block block) {
        int bucket = bucket(block.hash);
        block.next = buckets[bucket];
        buckets[bucket] = block;
    }

    private void forget(Block block) {
        int bucket = bucket(block.hash);
        knownBlocks--;
        if (buckets[bucket] == block) {
            buckets[bucket] = block.next;
            return;
        }
        Block before = buckets[bucket];
        while (before.next != block) {
            before = before.next;
        }
        before.next = block.next;
    }

    private void grow() {
        Block[] old = buckets;
        buckets = new Block[2 * old.length];
        for (Block first : old) {
            for (Block block = first; block != null; ) {
                Block next = block.next;
                link(block);
                block = next;
            }
        }
    }
}
