package org.kvantenergo.device;

import org.kvantenergo.shared.GroupId;

/**
 * A group as the group menu lists it.
 *
 * @param id the group
 * @param name as the operator knows it, for example 642M_MTS
 * @param organisation name of its owner
 * @param devices how many devices it holds
 */
public record GroupSummary(GroupId id, String name, String organisation, long devices) {}
